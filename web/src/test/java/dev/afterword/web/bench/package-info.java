/** What the whole product can do in a second, each beside its limit on the same machine in the same run; needs Debian's pgbench, wrk and postfix's smtp-sink. */
@NullMarked
package dev.afterword.web.bench;

import org.jspecify.annotations.NullMarked;
