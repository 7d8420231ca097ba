package dev.afterword.db.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which permission each place asks for. Places are segments between slashes; {@code *} stands for any one of them and {@code **} at the end for any that follow. The
 * first line that fits decides, so that a table reads from the particular to the general.
 */
public final class PermissionTable {
    private final List<Line> lines;

    private PermissionTable(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    private record Line(boolean reading, boolean changing, List<String> place, Optional<Permission> permission) {
        boolean fits(boolean changes, List<String> asked) {
            if (changes ? !changing : !reading) {
                return false;
            }
            for (int at = 0; at < place.size(); at++) {
                if (place.get(at).equals("**")) {
                    return true;
                }
                if (at >= asked.size()
                        || !(place.get(at).equals("*") || place.get(at).equals(asked.get(at)))) {
                    return false;
                }
            }
            return place.size() == asked.size();
        }
    }

    /** Begins a table. */
    public static Builder table() {
        return new Builder();
    }

    /** The permission that a place asks for; empty where it is open to everybody. What no line fits is for those who configure. */
    public Optional<Permission> asked(boolean changes, String place) {
        var segments = segments(place);
        return lines.stream()
                .filter(line -> line.fits(changes, segments))
                .findFirst()
                .map(Line::permission)
                .orElse(Optional.of(Permission.CONFIGURE));
    }

    private static List<String> segments(String place) {
        return List.of(place.split("/", -1));
    }

    /** Takes the lines of a table, in their order. */
    public static final class Builder {
        private final List<Line> lines = new ArrayList<>();

        public Builder open(String... places) {
            for (var place : places) {
                lines.add(new Line(true, true, segments(place), Optional.empty()));
            }
            return this;
        }

        public Builder read(Permission permission, String... places) {
            return add(true, false, permission, places);
        }

        public Builder change(Permission permission, String... places) {
            return add(false, true, permission, places);
        }

        public Builder both(Permission permission, String... places) {
            return add(true, true, permission, places);
        }

        private Builder add(boolean reading, boolean changing, Permission permission, String... places) {
            for (var place : places) {
                lines.add(new Line(reading, changing, segments(place), Optional.of(permission)));
            }
            return this;
        }

        public PermissionTable done() {
            return new PermissionTable(lines);
        }
    }
}
