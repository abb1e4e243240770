package org.patchbay.things.announcement;

import com.typesafe.config.Config;
import java.time.Duration;
import org.patchbay.things.entity.ConfigTexts;

/**
 * How the deletion of subjects is announced.
 *
 * @param whenDeleted whether deletions that did not come by an expiry are announced
 * @param granularity to what the time before an expiry is rounded up
 * @param gracePeriod how long it is tried to have an announcement acknowledged
 * @param timeoutMax longest time that one attempt waits
 * @param backOffMin pause before the second attempt; it doubles up to {@code backOffMax}
 * @param backOffSpread by how much of itself a pause is lengthened at random
 */
public record AnnouncementSettings(
        boolean whenDeleted,
        Duration granularity,
        Duration gracePeriod,
        Duration timeoutMax,
        Duration backOffMin,
        Duration backOffMax,
        double backOffSpread) {

    private static final String POLICY = "ditto.policies.policy.";
    private static final String PATH = POLICY + "announcement.";

    public AnnouncementSettings {
        positive(granularity, POLICY + "subject-deletion-announcement-granularity");
        positive(gracePeriod, PATH + "grace-period");
        positive(timeoutMax, PATH + "max-timeout");
        positive(backOffMin, PATH + "exponential-backoff.min");
        ConfigTexts.require(
                backOffMax.compareTo(backOffMin) >= 0,
                PATH + "exponential-backoff.max",
                backOffMax,
                "at least exponential-backoff.min");
        ConfigTexts.require(
                backOffSpread >= 0,
                PATH + "exponential-backoff.random-factor",
                backOffSpread,
                "at least 0");
    }

    public static AnnouncementSettings of(Config config) {
        Config backOff = config.getConfig(PATH + "exponential-backoff");
        return new AnnouncementSettings(
                config.getBoolean(PATH + "enable-announcements-when-deleted"),
                config.getDuration(POLICY + "subject-deletion-announcement-granularity"),
                config.getDuration(PATH + "grace-period"),
                config.getDuration(PATH + "max-timeout"),
                backOff.getDuration("min"),
                backOff.getDuration("max"),
                backOff.getDouble("random-factor"));
    }

    private static void positive(Duration duration, String key) {
        ConfigTexts.require(duration.isPositive(), key, duration, "longer than 0");
    }

    /** The pause after so many attempts in vain. */
    Duration pause(int attempts, double random) {
        long doubled = backOffMin.toMillis() << Math.min(attempts - 1, 20);
        double spread = 1 + backOffSpread * random;
        return Duration.ofMillis((long) (Math.min(doubled, backOffMax.toMillis()) * spread));
    }
}
