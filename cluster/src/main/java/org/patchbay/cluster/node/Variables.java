package org.patchbay.cluster.node;

import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Environment variables as substitutes; each value says from which variable it came. */
record Variables(Map<String, String> environment) implements ConfigResolver {

    @Override
    public @Nullable ConfigValue lookup(String path) {
        String text = environment.get(path);
        return text == null
                ? null
                : ConfigValueFactory.fromAnyRef(text, Node.ENVIRONMENT_VARIABLE + path);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
        return this;
    }
}
