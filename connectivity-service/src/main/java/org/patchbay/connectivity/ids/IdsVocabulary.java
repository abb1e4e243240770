package org.patchbay.connectivity.ids;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;
import org.patchbay.connectivity.ids.IdsMessage.AwaitBuilt;
import org.patchbay.connectivity.ids.IdsMessage.Erased;
import org.patchbay.connectivity.ids.IdsMessage.Gone;
import org.patchbay.connectivity.ids.IdsMessage.Noted;
import org.patchbay.connectivity.ids.IdsMessage.Peek;
import org.patchbay.connectivity.ids.IdsMessage.Present;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery.All;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery.ByTag;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery.Ids;
import org.patchbay.connectivity.model.vocabulary.ConnectionIdsQuery.Page;

/** What the index of ids, its users and the entities send each other. */
public final class IdsVocabulary implements WireVocabulary {

    @Override
    public List<WireType<?>> types() {
        return List.of(
                empty("connection.ids.all", All.class, All::new),
                new WireType<>(
                        "connection.ids.by-tag",
                        ByTag.class,
                        (query, _) -> object().put("tag", query.tag()),
                        (json, _) -> new ByTag(json.required("tag").textValue())),
                new WireType<>(
                        "connection.ids.page",
                        Page.class,
                        (page, _) -> object().put("after", page.after()).put("limit", page.limit()),
                        (json, _) ->
                                new Page(
                                        json.required("after").textValue(),
                                        json.required("limit").intValue())),
                new WireType<>(
                        "connection.ids.answer",
                        Ids.class,
                        (answer, _) -> object().set("ids", array(answer.ids())),
                        (json, _) -> new Ids(texts(json.required("ids")))),
                empty("connection.ids.peek", Peek.class, Peek::new),
                empty("connection.ids.await-built", AwaitBuilt.class, AwaitBuilt::new),
                empty("connection.ids.noted", Noted.class, Noted::new),
                new WireType<>(
                        "connection.ids.present",
                        Present.class,
                        (present, _) -> writePresent(present),
                        (json, _) -> readPresent(json)),
                new WireType<>(
                        "connection.ids.erased",
                        Erased.class,
                        (erased, _) -> object().put("id", erased.id()),
                        (json, _) -> new Erased(json.required("id").textValue())),
                new WireType<>(
                        "connection.ids.gone",
                        Gone.class,
                        (gone, _) -> object().put("id", gone.id()).put("revision", gone.revision()),
                        (json, _) ->
                                new Gone(
                                        json.required("id").textValue(),
                                        json.required("revision").longValue())));
    }

    private static ObjectNode writePresent(Present present) {
        ObjectNode json = object();
        json.put("id", present.id());
        json.put("revision", present.revision());
        json.put("open", present.open());
        json.set("tags", array(present.tags()));
        return json;
    }

    private static Present readPresent(JsonNode json) {
        return new Present(
                json.required("id").textValue(),
                json.required("revision").longValue(),
                json.required("open").booleanValue(),
                texts(json.required("tags")));
    }

    private static <T> WireType<T> empty(String name, Class<T> type, Supplier<T> make) {
        return new WireType<>(name, type, (_, _) -> object(), (_, _) -> make.get());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ArrayNode array(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }
}
