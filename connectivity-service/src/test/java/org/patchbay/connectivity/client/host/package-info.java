@NullMarked
package org.patchbay.connectivity.client.host;

import org.jspecify.annotations.NullMarked;
