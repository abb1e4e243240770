package org.patchbay.cluster.label;

import com.typesafe.config.Config;

/**
 * @param labelsMax how many labels may stand declared on one node
 * @param declarationMax how many labels one declaration may have
 */
public record AckLabelSettings(int labelsMax, int declarationMax) {

    private static final String PATH = "patchbay.acknowledgement-labels";

    /** What still fits a message between nodes when all labels are as long as may be. */
    private static final int DECLARATION_MAX = 4_000;

    public AckLabelSettings {
        if (labelsMax < 1) {
            throw new IllegalArgumentException(
                    PATH + ".per-node-max is " + labelsMax + " but must be greater than 0");
        }
        if (declarationMax < 1 || declarationMax > DECLARATION_MAX) {
            throw new IllegalArgumentException(
                    PATH
                            + ".per-declaration-max is "
                            + declarationMax
                            + " but must be from 1 to "
                            + DECLARATION_MAX);
        }
    }

    /** Reads {@code patchbay.acknowledgement-labels}. */
    public static AckLabelSettings of(Config config) {
        Config labels = config.getConfig(PATH);
        return new AckLabelSettings(
                labels.getInt("per-node-max"), labels.getInt("per-declaration-max"));
    }
}
