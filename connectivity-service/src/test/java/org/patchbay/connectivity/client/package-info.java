@NullMarked
package org.patchbay.connectivity.client;

import org.jspecify.annotations.NullMarked;
