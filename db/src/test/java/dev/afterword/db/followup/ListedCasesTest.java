package dev.afterword.db.followup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterword.db.Cursor;
import dev.afterword.db.DatabaseTest;
import dev.afterword.db.Leaf;
import dev.afterword.db.inbox.Case;
import dev.afterword.db.inbox.CaseKind;
import dev.afterword.db.inbox.CaseQuery;
import dev.afterword.db.inbox.CaseView;
import dev.afterword.db.inbox.ListedCase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How cases are found: by view, by words, and in the order in which they are due. */
@DatabaseTest
class ListedCasesTest extends CaseShop {
    @Test
    void findsCasesByViewAndByEveryWordThatWasSaid() {
        var kettle = byHand("Kettle leaks", CaseKind.COMPLAINT);
        var spam = byHand("Win now", CaseKind.QUESTION);
        actOnCase
                .note(kettle.key(), null, "Ersatzteil bestellt", List.of(), false)
                .block();
        assertThat(actOnCases
                        .change(shop.workspaceId(), List.of(spam.key().id()), null, (one, now) -> one.spam(now))
                        .block()
                        .changed())
                .isEqualTo(1);
        assertThat(subjects(CaseView.OPEN, null)).containsExactly("Kettle leaks");
        assertThat(subjects(CaseView.UNASSIGNED, "ersatz")).containsExactly("Kettle leaks");
        assertThat(subjects(CaseView.ALL, "kettle broken")).containsExactly("Kettle leaks");
        assertThat(subjects(CaseView.ALL, "kettle nowhere")).isEmpty();
        assertThat(subjects(CaseView.SPAM, null)).containsExactly("Win now");
        for (var view : CaseView.values()) {
            subjects(view, "x");
        }
        assertThat(listed.counts(shop.workspaceId(), List.of(CaseView.values()), null, Instant.now())
                        .block())
                .containsEntry(CaseView.OPEN, 1L)
                .containsEntry(CaseView.SPAM, 1L)
                .containsEntry(CaseView.BREACHED, 0L);
    }

    @Test
    void listsWhatIsToBeDoneByWhenItIsDueAndWhatIsNotDueByWhenItCameAndLeafsThroughIt() {
        for (var hours : List.of(5, 1, 3)) {
            due(byHand("In " + hours, CaseKind.QUESTION), "now() + interval '%d hours'".formatted(hours));
        }
        due(byHand("No time", CaseKind.QUESTION), "null");
        due(byHand("No time either", CaseKind.QUESTION), "null");
        var open = subjects(CaseView.OPEN, null);
        assertThat(open).containsExactly("In 1", "In 3", "In 5", "No time", "No time either");
        assertThat(subjects(CaseView.UNASSIGNED, "broken")).isEqualTo(open);
        assertThat(subjects(CaseView.ALL, null)).containsExactly("No time either", "No time", "In 3", "In 1", "In 5");
        for (var view : List.of(CaseView.DUE, CaseView.OPEN)) {
            var all = view == CaseView.DUE ? open.subList(0, 3) : open;
            var first = leaf(view, null);
            var second = leaf(view, Cursor.decode(first.older()));
            assertThat(subjects(first)).isEqualTo(all.subList(0, 2));
            assertThat(subjects(second)).isEqualTo(all.subList(2, Math.min(4, all.size())));
            assertThat(subjects(leaf(view, Cursor.decode(second.newer())))).isEqualTo(all.subList(0, 2));
        }
        var fourth = leaf(CaseView.OPEN, Cursor.decode(leaf(CaseView.OPEN, null).older()));
        var last = leaf(CaseView.OPEN, Cursor.decode(fourth.older()));
        assertThat(subjects(last)).containsExactly("No time either");
        assertThat(subjects(leaf(CaseView.OPEN, Cursor.decode(last.newer())))).containsExactly("In 5", "No time");
    }

    private void due(Case one, String at) {
        run("update support_case set first_due_at = null, solve_due_at = %s where workspace_id = $1 and id = '%s'"
                .formatted(at, one.key().id()));
    }

    private Leaf<ListedCase> leaf(CaseView view, Cursor cursor) {
        return listed.page(shop.workspaceId(), new CaseQuery(view, null, null, null, null), Instant.now(), cursor, 2)
                .block();
    }
}
