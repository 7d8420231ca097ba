package dev.afterword.db.survey.moving;

import java.util.List;

/** What another product's condition says, before its names are looked up. */
sealed interface Expression {
    /** A question, a variable, something known of the customer. */
    record Name(String name) implements Expression {}

    /** A text, a number as it was written, true or false. */
    record Literal(String text) implements Expression {}

    /** Several values. */
    record Several(List<Expression> items) implements Expression {
        public Several {
            items = List.copyOf(items);
        }
    }

    /**
     * Two sides and what stands between.
     *
     * @param operator one of or, and, =, !=, &lt;, &lt;=, &gt;, &gt;=, contains, notcontains, anyof, noneof, allof, or arithmetic
     */
    record Binary(String operator, Expression left, Expression right) implements Expression {}

    record Negated(Expression inner) implements Expression {}

    record Empty(Expression inner) implements Expression {}

    record Call(String function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }
}
