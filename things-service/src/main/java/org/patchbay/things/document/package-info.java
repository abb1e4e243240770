/**
 * What things and policies have in common: a JSON document that changes by events at pointers.
 *
 * <p>Start at {@link org.patchbay.things.document.Document} (the state) and {@link
 * org.patchbay.things.document.Change} (the stored event). All here is pure; what a pointer means
 * is known only to the packages {@code thing} and {@code policy}.
 */
@NullMarked
package org.patchbay.things.document;

import org.jspecify.annotations.NullMarked;
