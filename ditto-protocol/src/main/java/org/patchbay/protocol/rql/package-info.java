/**
 * RQL: one parser and one evaluator for filters, conditions and acknowledgement requests.
 *
 * <p>Start at {@link org.patchbay.protocol.rql.Rql}.
 */
@NullMarked
package org.patchbay.protocol.rql;

import org.jspecify.annotations.NullMarked;
