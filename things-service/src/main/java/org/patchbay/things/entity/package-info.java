/**
 * What the entities of things and policies share beside their document: how they ask each other,
 * and how their configuration is read.
 */
@NullMarked
package org.patchbay.things.entity;

import org.jspecify.annotations.NullMarked;
