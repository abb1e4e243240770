/**
 * JSON as the protocol uses it: pointers, field selectors, merge patches and one way to parse.
 *
 * <p>Values are Jackson trees that nobody changes once they are shared.
 */
@NullMarked
package org.patchbay.protocol.json;

import org.jspecify.annotations.NullMarked;
