package dev.afterword.db.contact.erasure;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the shop knows of a person itself, what they agreed to, and who keeps in touch with them. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class ErasedContact implements PersonalData {
    private final DatabaseClient database;

    ErasedContact(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<Section>> of(Person person) {
        return Flux.concat(
                        Section.read(database, person, "contact", """
                        select json_build_object('id', id, 'externalId', external_id, 'email', email, 'name', name, 'locale', locale, 'timeZone', time_zone, 'country', country,
                            'attributes', attributes, 'stage', stage, 'knownSince', created_at, 'erasedAt', erased_at)
                        from contact where workspace_id = $1 and id = $2
                        """),
                        Section.read(database, person, "consents", """
                        select json_build_object('purpose', purpose, 'granted', granted, 'at', at, 'dated', dated, 'source', source)
                        from consent where workspace_id = $1 and $2::uuid is not null and address = $3 order by at, id
                        """),
                        Section.read(database, person, "suppressions", """
                        select json_build_object('purpose', purpose, 'reason', reason, 'at', created_at)
                        from suppression where workspace_id = $1 and $2::uuid is not null and address = $3 order by created_at, id
                        """),
                        Section.read(database, person, "occasions", """
                        select json_build_object('name', name, 'on', on_date, 'yearly', yearly)
                        from occasion where workspace_id = $1 and contact_id = $2 order by on_date, id
                        """),
                        Section.read(database, person, "personalContacts", """
                        select json_build_object('kind', kind, 'words', words, 'at', at)
                        from personal_contact where workspace_id = $1 and contact_id = $2 order by at, id
                        """))
                .collectList();
    }

    @Override
    public Mono<Void> erase(Person person) {
        return Section.run(database, person, """
                delete from consent where workspace_id = $1 and address = $3 and $2::uuid is not null and not exists (select from contact other where other.workspace_id = $1 and other.address = $3 and other.id <> $2)
                """, """
                delete from suppression where workspace_id = $1 and address = $3 and $2::uuid is not null and not exists (select from contact other where other.workspace_id = $1 and other.address = $3 and other.id <> $2)
                """, """
                update delivery set body = (body::jsonb #- '{data,externalId}')::text
                where workspace_id = $1 and kind like 'contact.%' and body like '%' || $2::text || '%'
                """, """
                delete from occasion where workspace_id = $1 and contact_id = $2
                """, """
                delete from personal_contact where workspace_id = $1 and contact_id = $2
                """).then(Section.runAt(database, person, """
                update contact set version = version + 1, external_id = null, email = null, address = null, name = null, locale = null, time_zone = null, country = null,
                    attributes = '{}', owner_id = null, erased_at = $3
                where workspace_id = $1 and id = $2
                """));
    }
}
