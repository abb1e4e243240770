/**
 * The twins: things and policies as event-sourced JSON documents, and the enforcement of who may
 * see and change them. Knows neither connections nor HTTP.
 */
@NullMarked
package org.patchbay.things;

import org.jspecify.annotations.NullMarked;
