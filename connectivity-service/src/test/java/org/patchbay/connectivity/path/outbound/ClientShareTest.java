package org.patchbay.connectivity.path.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientShareTest {

    private static final int CLIENTS = 4;

    @Test
    void each_entity_belongs_to_exactly_one_client_and_all_clients_have_their_share() {
        // When
        List<Integer> owners =
                IntStream.range(0, 4_000)
                        .mapToObj(i -> "org.example:thing-" + i)
                        .map(ClientShareTest::owners)
                        .peek(owning -> assertThat(owning).hasSize(1))
                        .map(List::getFirst)
                        .toList();

        // Then
        for (int client = 0; client < CLIENTS; client++) {
            int mine = client;
            assertThat(owners.stream().filter(owner -> owner == mine).count())
                    .isBetween(800L, 1_200L);
        }
    }

    @Test
    void a_single_client_has_all() {
        assertThat(new ClientShare(0, 1).holds("org.example:any")).isTrue();
    }

    private static List<Integer> owners(String entityId) {
        return IntStream.range(0, CLIENTS)
                .filter(client -> new ClientShare(client, CLIENTS).holds(entityId))
                .boxed()
                .toList();
    }
}
