/**
 * Announcements about policies: a subject learns that it is, or soon will be, deleted from a
 * policy.
 *
 * <p>{@link org.patchbay.things.announcement.SubjectDeletions} says what there is to announce;
 * {@link org.patchbay.things.announcement.Announcer}, an actor beside each policy that has
 * something to announce, publishes it and tries again until it is acknowledged. What is announced
 * decides nothing here.
 */
@NullMarked
package org.patchbay.things.announcement;

import org.jspecify.annotations.NullMarked;
