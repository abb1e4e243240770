package org.patchbay.things.policy;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.patchbay.cluster.store.SnapshotSettings;
import org.patchbay.things.announcement.AnnouncementSettings;
import org.patchbay.things.entity.ConfigTexts;

/**
 * How policies are kept.
 *
 * @param snapshots when the whole state is stored
 * @param keptHeaders which of a command's headers are stored with its event
 * @param expiryGranularity to what an expiry of a subject is rounded up
 * @param sizeMax most bytes of a policy
 * @param importsMax most policies that one imports
 * @param preventsLockout whether somebody must always be able to change the policy
 */
public record PolicyConfig(
        SnapshotSettings snapshots,
        Set<String> keptHeaders,
        Duration expiryGranularity,
        long sizeMax,
        int importsMax,
        boolean preventsLockout,
        AnnouncementSettings announcements) {

    private static final String POLICY = "ditto.policies.policy.";

    public PolicyConfig {
        ConfigTexts.require(
                expiryGranularity.isPositive(),
                POLICY + "subject-expiry-granularity",
                expiryGranularity,
                "longer than 0");
        ConfigTexts.require(sizeMax > 0, "ditto.limits.policies.max-size", sizeMax, "above 0");
        ConfigTexts.require(
                importsMax >= 0, "ditto.limits.policies.imports-limit", importsMax, "at least 0");
        keptHeaders = Set.copyOf(keptHeaders);
    }

    public static PolicyConfig of(Config config) {
        Config policy = config.getConfig("ditto.policies.policy");
        return new PolicyConfig(
                SnapshotSettings.of(config, POLICY + "snapshot"),
                new LinkedHashSet<>(
                        ConfigTexts.list(policy, "event.historical-headers-to-persist")),
                policy.getDuration("subject-expiry-granularity"),
                config.getBytes("ditto.limits.policies.max-size"),
                config.getInt("ditto.limits.policies.imports-limit"),
                config.getBoolean("ditto.devops.feature.policy-lockout-prevention-enabled"),
                AnnouncementSettings.of(config));
    }
}
