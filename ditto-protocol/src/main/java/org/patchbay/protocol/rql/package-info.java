/**
 * RQL: one parser and one evaluator for the filters of topics and subscriptions and for the
 * conditions of commands.
 *
 * <p>Start at {@link org.patchbay.protocol.rql.Rql}. What a request for acknowledgements is
 * filtered with is an expression of placeholders, as Ditto has it: {@link
 * org.patchbay.protocol.placeholder.Condition}. Wildcards and times are the same in both, and stand
 * in {@code expression}.
 */
@NullMarked
package org.patchbay.protocol.rql;

import org.jspecify.annotations.NullMarked;
