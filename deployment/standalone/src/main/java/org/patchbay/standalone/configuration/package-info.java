/**
 * Where settings come from, and how an operator sees what became of them: the environment variables
 * that mean something ({@link org.patchbay.standalone.configuration.KnownVariables}), the file of
 * settings, what is wrong with either, and the listing of {@code patchbay config}. What a setting
 * does is decided next to its user and must not come in here.
 */
@NullMarked
package org.patchbay.standalone.configuration;

import org.jspecify.annotations.NullMarked;
