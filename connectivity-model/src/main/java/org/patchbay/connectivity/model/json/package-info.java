/**
 * Connections as JSON, in and out: reading fills the defaults in and names everything wrong at
 * once, writing keeps the documented order.
 *
 * <p>Start at {@link org.patchbay.connectivity.model.json.ConnectionJson}. What needs more than the
 * shape of the JSON to be judged stands in the validation package.
 */
@NullMarked
package org.patchbay.connectivity.model.json;

import org.jspecify.annotations.NullMarked;
