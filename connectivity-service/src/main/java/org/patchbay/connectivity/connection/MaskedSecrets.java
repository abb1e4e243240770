package org.patchbay.connectivity.connection;

import com.typesafe.config.Config;
import java.util.Optional;
import org.patchbay.connectivity.connection.rules.ConnectionState;
import org.patchbay.connectivity.connection.rules.ConnectionState.Existing;
import org.patchbay.connectivity.model.Connection;
import org.patchbay.connectivity.model.masking.Secrets;
import org.patchbay.connectivity.model.problems.Findings;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Create;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Modify;
import org.patchbay.connectivity.model.vocabulary.ConnectionCommand.Test;
import org.patchbay.protocol.Problem;

/**
 * Puts the stored secrets back into a connection that comes as it was shown, so that scripts which
 * retrieve, change and store a connection work where secrets are masked.
 *
 * @param masking whether they are; {@code ***} is a text like any other where they are not
 */
record MaskedSecrets(boolean masking) {

    static MaskedSecrets of(Config config) {
        return new MaskedSecrets(!config.getBoolean("patchbay.reveal-secrets"));
    }

    /** A command with all its secrets, or what is wrong with it. */
    record Restored(ConnectionCommand command, Optional<Problem> problem) {}

    Restored restored(ConnectionState state, ConnectionCommand command) {
        Findings findings = new Findings();
        Connection stored = state instanceof Existing existing ? existing.connection() : null;
        ConnectionCommand restored =
                switch (command) {
                    case ConnectionCommand any when !masking -> any;
                    case Create(var connection) ->
                            new Create(Secrets.restored(connection, stored, findings));
                    case Modify(var connection, var given) ->
                            new Modify(Secrets.restored(connection, stored, findings), given);
                    case Test(var connection) ->
                            new Test(Secrets.restored(connection, stored, findings));
                    case ConnectionCommand other -> other;
                };
        return new Restored(restored, findings.problem());
    }
}
