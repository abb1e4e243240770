/** The demo, and the broker that it brings. */
@NullMarked
package org.patchbay.standalone.demo;

import org.jspecify.annotations.NullMarked;
