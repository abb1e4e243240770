package org.patchbay.connectivity.transport.http;

import java.util.Map;
import org.patchbay.connectivity.transport.page.DocumentedDefaults;
import org.patchbay.connectivity.transport.page.ProtocolPage;

class HttpDefaultsTest implements DocumentedDefaults {

    @Override
    public ProtocolPage page() {
        return ProtocolPage.named("http");
    }

    @Override
    public Object options(Map<String, String> specificConfig) {
        return HttpOptions.of(HttpConnections.connection("http://127.0.0.1:80", specificConfig));
    }

    @Override
    public Map<String, String> others() {
        return Map.of();
    }
}
