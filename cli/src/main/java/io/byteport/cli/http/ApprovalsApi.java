package io.byteport.cli.http;

import io.byteport.cli.agent.AgentView;
import io.byteport.cli.json.RunJson;
import io.byteport.dsl.agent.AgentConfiguration.Approvals;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.byteport.engine.journal.Question;
import io.byteport.engine.run.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What runs ask, and the answers to it. */
final class ApprovalsApi {
  private static final int LONGEST_COMMENT = 2000;
  private static final List<String> MEMBERS = List.of("approved", "hash", "comment", "guardrail");

  private final AgentView agent;

  ApprovalsApi(AgentView agent) {
    this.agent = agent;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/approvals", this::list),
        Route.post("/api/v1/approvals/{run}", Role.APPROVER, this::answer));
  }

  private Answer list(Call call) {
    boolean may = call.visitor().mayAnswer(agent.configuration().approvals());
    List<Map<String, Object>> all =
        agent.store().questions().stream().map(RunJson::question).toList();
    all.forEach(question -> question.put("mayAnswer", may));
    return Answer.json(Map.of("approvals", all));
  }

  private Answer answer(Call call) {
    Visitor visitor = call.visitor();
    Approvals rules = agent.configuration().approvals();
    if (!visitor.mayAnswer(rules)) {
      throw Problem.forbidden(
          "the agent's configuration has "
              + String.join(", ", rules.approvers())
              + " answer, and "
              + visitor.name()
              + " is none of them");
    }
    JsonNode body = call.json();
    for (String member : body.propertyNames()) {
      if (!MEMBERS.contains(member)) {
        throw Problem.invalid(
            "there is no member `" + member + "`; expected one of " + String.join(", ", MEMBERS));
      }
    }
    if (!body.path("approved").isBoolean()) {
      throw Problem.invalid("`approved`: expected true or false");
    }
    boolean approved = body.path("approved").booleanValue();
    String hash = text(body, "hash");
    if (hash == null) {
      throw Problem.invalid("`hash`: expected that of the plan which was seen");
    }
    String comment = text(body, "comment");
    if (comment != null && comment.length() > LONGEST_COMMENT) {
      throw Problem.invalid("`comment`: expected at most " + LONGEST_COMMENT + " characters");
    }
    Question question = question(call.run(), text(body, "guardrail"));
    boolean taken =
        question.hash().equals(hash)
            && agent.answer(
                question.run(), question.guardrail(), approved, visitor.name(), hash, comment);
    if (!taken) {
      throw changed(question.run());
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", question.run().value());
    json.put("guardrail", question.guardrail());
    json.put("approved", approved);
    json.put("by", visitor.name());
    json.put("hash", hash);
    return Answer.json(json);
  }

  private static @Nullable String text(JsonNode body, String member) {
    JsonNode value = body.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString() || value.stringValue().isBlank()) {
      throw Problem.invalid("`" + member + "`: expected a text");
    }
    return value.stringValue();
  }

  private Question question(RunId run, @Nullable String guardrail) {
    return agent.store().questions().stream()
        .filter(question -> question.run().equals(run))
        .filter(question -> guardrail == null || question.guardrail().equals(guardrail))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.notFound(
                    "run `"
                        + run
                        + "` asks nothing now; GET /api/v1/approvals lists what is asked"));
  }

  /** Says what is asked by now. */
  private Problem changed(RunId run) {
    Problem problem =
        Problem.conflict(
            "run `" + run + "` does not ask about this plan any more: look at what it asks now");
    agent.store().questions().stream()
        .filter(question -> question.run().equals(run))
        .findFirst()
        .ifPresent(question -> problem.with("hash", question.hash()));
    return problem;
  }
}
