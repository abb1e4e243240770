/** What holds the table of variables, the page about them and the reference.confs together. */
@NullMarked
package org.patchbay.standalone.configuration;

import org.jspecify.annotations.NullMarked;
