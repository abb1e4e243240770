@NullMarked
package org.patchbay.connectivity.monitoring.account;

import org.jspecify.annotations.NullMarked;
