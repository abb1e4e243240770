@NullMarked
package org.patchbay.connectivity.connection.rules;

import org.jspecify.annotations.NullMarked;
