/** Connections as an operator manages them: over HTTP, against all services in one JVM. */
@NullMarked
package org.patchbay.standalone.connections;

import org.jspecify.annotations.NullMarked;
