package org.patchbay.connectivity.connection;

import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.patchbay.connectivity.check.ConnectionChecks;
import org.patchbay.connectivity.client.host.ClientNodes;
import org.patchbay.connectivity.ids.IdsMessage;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.dryrun.DryRunReport;
import org.patchbay.connectivity.model.mappingtest.MappingTest;
import org.patchbay.connectivity.model.vocabulary.ConnectionReply.MappingTested;

/**
 * All that connection entities have in common on one node.
 *
 * @param nodes that clients may run on, besides this one
 * @param dryRun tries a connection out
 * @param mappings tries a mapping out
 * @param index tells the index of ids what became of a connection; completes when it knows
 * @param running a connection with what its type takes from the installation
 */
record EntityEnvironment(
        ConnectionSettings settings,
        ConnectionChecks checks,
        ClientFactory clients,
        ClientNodes nodes,
        Function<Connection, CompletionStage<DryRunReport>> dryRun,
        Function<MappingTest, CompletionStage<MappingTested>> mappings,
        Function<IdsMessage.Update, CompletionStage<?>> index,
        History history,
        UnaryOperator<Connection> running,
        MaskedSecrets masks,
        Clock clock) {}
