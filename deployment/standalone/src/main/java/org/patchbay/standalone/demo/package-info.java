/**
 * {@code ./patchbay demo}: a broker, a simulated device and two ready connections, with each step
 * of a message printed.
 *
 * <p>Start at {@link org.patchbay.standalone.demo.Demo}. It uses the HTTP API as anybody would;
 * nothing of the services comes in here. What it creates stands in the resources under {@code
 * demo/}.
 */
@NullMarked
package org.patchbay.standalone.demo;

import org.jspecify.annotations.NullMarked;
