package org.patchbay.things.thing.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchbay.protocol.json.JsonPointer;

class ThingShapeTest {

    @ParameterizedTest
    @CsvSource({
        "/, THING, things:thing.notfound, things:thing.notmodifiable",
        "/policyId, POLICY_ID, things:policyId.notfound, things:policyId.notmodifiable",
        "/definition, DEFINITION, things:definition.notfound, things:definition.notmodifiable",
        "/attributes, ATTRIBUTES, things:attributes.notfound, things:attributes.notmodifiable",
        "/attributes/a, ATTRIBUTE, things:attribute.notfound, things:attribute.notmodifiable",
        "/attributes/a/b/c, ATTRIBUTE, things:attribute.notfound, things:attribute.notmodifiable",
        "/features, FEATURES, things:features.notfound, things:features.notmodifiable",
        "/features/f, FEATURE, things:feature.notfound, things:feature.notmodifiable",
        "/features/f/definition, FEATURE_DEFINITION, things:feature.definition.notfound, things:feature.definition.notmodifiable",
        "/features/f/properties, PROPERTIES, things:feature.properties.notfound, things:feature.properties.notmodifiable",
        "/features/f/properties/a/b, PROPERTY, things:feature.property.notfound, things:feature.property.notmodifiable",
        "/features/f/desiredProperties, DESIRED_PROPERTIES, things:feature.desiredProperties.notfound, things:feature.desiredProperties.notmodifiable",
        "/features/f/desiredProperties/a, DESIRED_PROPERTY, things:feature.desiredProperty.notfound, things:feature.desiredProperty.notmodifiable",
    })
    void knows_what_a_pointer_means(
            String path, ThingShape shape, String notFound, String notModifiable) {
        JsonPointer pointer = JsonPointer.parse(path);

        assertThat(ThingShape.of(pointer)).isEqualTo(shape);
        assertThat(shape.notFound("a:b", pointer).code()).isEqualTo(notFound);
        assertThat(shape.notModifiable("a:b", pointer).code()).isEqualTo(notModifiable);
    }

    @ParameterizedTest
    @CsvSource({"/thingId", "/features/f/other", "/policyId/x", "/definition/x", "/_metadata"})
    void a_thing_has_no_other_places(String path) {
        assertThat(ThingShape.of(JsonPointer.parse(path))).isNull();
    }
}
