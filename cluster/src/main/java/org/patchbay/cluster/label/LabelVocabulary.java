package org.patchbay.cluster.label;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.patchbay.cluster.label.LabelMessage.Answer;
import org.patchbay.cluster.label.LabelMessage.Answers;
import org.patchbay.cluster.label.LabelMessage.Asks;
import org.patchbay.cluster.label.LabelMessage.Claim;
import org.patchbay.cluster.wire.WireContext;
import org.patchbay.cluster.wire.WireType;
import org.patchbay.cluster.wire.WireVocabulary;

/** What nodes ask each other about labels of acknowledgements. */
public final class LabelVocabulary implements WireVocabulary {

    @Override
    public List<WireType<?>> types() {
        return List.of(
                new WireType<>(
                        "acknowledgement-labels.asks",
                        Asks.class,
                        LabelVocabulary::writeAsks,
                        LabelVocabulary::readAsks),
                new WireType<>(
                        "acknowledgement-labels.answers",
                        Answers.class,
                        LabelVocabulary::writeAnswers,
                        LabelVocabulary::readAnswers));
    }

    private static JsonNode writeAsks(Asks asks, WireContext context) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("node", context.writeRef(asks.node()));
        ArrayNode claims = json.putArray("claims");
        for (Claim claim : asks.claims()) {
            ObjectNode to = claims.addObject();
            to.put("ticket", claim.ticket());
            to.put("group", claim.group());
            ArrayNode labels = to.putArray("labels");
            new TreeSet<>(claim.labels()).forEach(labels::add);
            to.put("granted", claim.granted());
        }
        return json;
    }

    private static Asks readAsks(JsonNode json, WireContext context) {
        List<Claim> claims = new ArrayList<>();
        for (JsonNode claim : json.required("claims")) {
            Set<String> labels = new TreeSet<>();
            claim.required("labels").forEach(label -> labels.add(label.textValue()));
            claims.add(
                    new Claim(
                            claim.required("ticket").longValue(),
                            claim.required("group").textValue(),
                            labels,
                            claim.required("granted").booleanValue()));
        }
        return new Asks(context.readRef(json.required("node").textValue()), claims);
    }

    private static JsonNode writeAnswers(Answers answers, WireContext context) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("node", context.writeRef(answers.node()));
        ArrayNode all = json.putArray("answers");
        for (Answer answer : answers.answers()) {
            ObjectNode to = all.addObject();
            to.put("ticket", answer.ticket());
            if (answer.taken() != null) {
                to.put("taken", answer.taken());
            }
        }
        return json;
    }

    private static Answers readAnswers(JsonNode json, WireContext context) {
        List<Answer> answers = new ArrayList<>();
        for (JsonNode answer : json.required("answers")) {
            JsonNode taken = answer.get("taken");
            answers.add(
                    new Answer(
                            answer.required("ticket").longValue(),
                            taken == null ? null : taken.textValue()));
        }
        return new Answers(context.readRef(json.required("node").textValue()), answers);
    }
}
