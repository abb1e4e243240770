/**
 * The folder of jars with what others bring along: mappers, algorithms of signatures.
 *
 * <p>Start at {@link org.patchbay.connectivity.plugin.Plugins}. What is looked for in the jars is
 * the business of whoever looks.
 */
@NullMarked
package org.patchbay.connectivity.plugin;

import org.jspecify.annotations.NullMarked;
