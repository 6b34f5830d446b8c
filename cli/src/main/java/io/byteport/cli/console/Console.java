package io.byteport.cli.console;

import io.byteport.cli.agent.AgentView;
import io.byteport.cli.http.Pages;
import io.byteport.cli.http.Sessions;
import io.byteport.cli.http.Visitor;
import io.byteport.dsl.agent.AgentConfiguration.Role;
import io.byteport.dsl.check.CheckedRunbook;
import io.byteport.engine.journal.JournalCodec;
import io.byteport.engine.journal.Question;
import io.byteport.engine.journal.Redactor;
import io.byteport.engine.run.RunId;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The pages of an agent, and the two forms that change something. Safe for several threads. */
public final class Console implements Pages {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String RUN = "run";

  private final Looks looks;

  /**
   * @param cases the names of the tests of a runbook
   */
  public Console(AgentView agent, Function<CheckedRunbook, List<String>> cases) {
    this.looks = new Looks(agent, cases);
  }

  @Override
  public void register(HttpRules rules, Sessions sessions) {
    for (Assets asset : Assets.all()) {
      rules.get(asset.path(), (request, response) -> send(response, asset));
    }
    page(rules, sessions, "/", scene -> OverviewPage.html(scene, looks.overview()));
    page(
        rules,
        sessions,
        "/approvals",
        scene -> ApprovalsPage.html(scene, looks.agent().store().questions()));
    page(rules, sessions, "/runbooks", scene -> RunbooksPage.html(scene, looks.runbooks()));
    page(rules, sessions, "/sources", scene -> SourcesPage.html(scene, looks.ears()));
    page(
        rules,
        sessions,
        "/channels",
        scene ->
            ChannelsPage.html(
                scene, looks.agent().channels(), looks.agent().deadLetters(ChannelsPage.MOST)));
    rules.get("/runs", sessions.page(Role.VIEWER, this::runs));
    rules.get("/runs/{run}", sessions.page(Role.VIEWER, this::run));
    rules.get("/runs/{run}/news", sessions.page(Role.VIEWER, this::news));
    rules.get("/runs/{run}/journal", sessions.page(Role.VIEWER, this::journal));
    rules.get("/approvals/{run}", sessions.page(Role.VIEWER, this::approval));
    rules.post("/runs/{run}/answer", sessions.form(Role.APPROVER, this::answer));
    rules.get("/runbooks/{id}", sessions.page(Role.VIEWER, this::runbook));
    rules.post(ChannelsPage.RETRY, sessions.form(ChannelsPage.MENDS, this::retry));
  }

  @Override
  public String login(LoginForm form) {
    return LoginPage.page(form);
  }

  @Override
  public String problem(int status, String detail) {
    return TroublePage.bare(status, detail);
  }

  private void page(
      HttpRules rules, Sessions sessions, String path, Function<Scene, String> content) {
    rules.get(
        path,
        sessions.page(
            Role.VIEWER,
            (visitor, request, response) ->
                html(response, 200, content.apply(looks.scene(visitor)))));
  }

  private void runs(Visitor visitor, ServerRequest request, ServerResponse response) {
    RunQuery query = RunQuery.of(name -> field(request, name));
    html(
        response,
        200,
        RunListPage.html(looks.scene(visitor), query, looks.runs(query), looks.runbookIds()));
  }

  private void run(Visitor visitor, ServerRequest request, ServerResponse response) {
    Scene scene = looks.scene(visitor);
    Optional<RunLook> look = looks.run(id(request));
    if (look.isPresent()) {
      html(response, 200, RunPage.html(scene, look.get()));
    } else {
      noRun(scene, request, response);
    }
  }

  private void news(Visitor visitor, ServerRequest request, ServerResponse response) {
    Scene scene = looks.scene(visitor);
    Optional<RunLook> look = looks.run(id(request));
    if (look.isPresent()) {
      html(response, 200, RunPage.news(scene, look.get(), seen(request)));
    } else {
      noRun(scene, request, response);
    }
  }

  /** What is no number is nothing that was seen. */
  private static int seen(ServerRequest request) {
    String text = field(request, "seen").orElse("");
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  private void journal(Visitor visitor, ServerRequest request, ServerResponse response) {
    RunId run = id(request);
    if (looks.agent().store().run(run).isEmpty()) {
      noRun(looks.scene(visitor), request, response);
      return;
    }
    JournalCodec codec = new JournalCodec(Redactor.SHAPES_ONLY);
    String lines =
        looks.agent().store().entries(run).stream()
            .map(codec::write)
            .collect(Collectors.joining("\n", "", "\n"));
    response.header(
        HeaderNames.CONTENT_DISPOSITION,
        "attachment; filename=\"" + run.value().replaceAll("[^A-Za-z0-9-]", "_") + ".jsonl\"");
    send(response, "application/x-ndjson", lines);
  }

  private void approval(Visitor visitor, ServerRequest request, ServerResponse response) {
    Scene scene = looks.scene(visitor);
    String guardrail = field(request, ApprovalPage.GUARDRAIL).orElse("");
    Optional<Question> question = looks.question(id(request), guardrail);
    if (question.isPresent()) {
      html(
          response,
          200,
          ApprovalPage.html(scene, question.get(), looks.agent().configuration().approvals()));
    } else {
      over(scene, id(request), response, 404);
    }
  }

  private void answer(
      Visitor visitor, Map<String, String> fields, ServerRequest request, ServerResponse response) {
    Scene scene = looks.scene(visitor);
    String said = fields.getOrDefault(ApprovalPage.ANSWER, "");
    if (!visitor.mayAnswer(looks.agent().configuration().approvals())) {
      html(
          response,
          403,
          TroublePage.page(
              scene,
              "Not yours to answer",
              visitor.name() + " is not among those who may answer what runs ask.",
              "To the run",
              Routes.run(id(request))));
    } else if (!said.equals(ApprovalPage.YES) && !said.equals(ApprovalPage.NO)) {
      html(
          response,
          400,
          TroublePage.page(
              scene,
              "No answer",
              "The form says neither yes nor no.",
              "To the run",
              Routes.run(id(request))));
    } else if (looks
        .agent()
        .answer(
            id(request),
            fields.getOrDefault(ApprovalPage.GUARDRAIL, ""),
            said.equals(ApprovalPage.YES),
            visitor.name(),
            fields.getOrDefault(ApprovalPage.HASH, ""),
            ApprovalPage.comment(fields))) {
      redirect(response, Routes.run(id(request)));
    } else {
      over(scene, id(request), response, 409);
    }
  }

  private void over(Scene scene, RunId run, ServerResponse response, int status) {
    html(
        response,
        status,
        TroublePage.page(
            scene,
            "This is not asked any more",
            "Somebody has answered, the time is over, or the run asks about another plan by now."
                + " Nothing was done with your answer.",
            "To the run",
            Routes.run(run)));
  }

  private void runbook(Visitor visitor, ServerRequest request, ServerResponse response) {
    Scene scene = looks.scene(visitor);
    String id = request.path().pathParameters().get("id");
    looks
        .runbook(id)
        .ifPresentOrElse(
            one -> html(response, 200, RunbooksPage.one(scene, one)),
            () ->
                html(
                    response,
                    404,
                    TroublePage.page(
                        scene,
                        "No such runbook",
                        "This agent knows no runbook " + id + ".",
                        "All runbooks",
                        Section.RUNBOOKS.path())));
  }

  private void retry(
      Visitor visitor, Map<String, String> fields, ServerRequest request, ServerResponse response) {
    if (looks.agent().retry(fields.getOrDefault(ChannelsPage.MESSAGE, ""))) {
      redirect(response, Section.CHANNELS.path());
    } else {
      html(
          response,
          409,
          TroublePage.page(
              looks.scene(visitor),
              "Not sent again",
              "The message is on its way already, or there is none like this any more.",
              "All channels",
              Section.CHANNELS.path()));
    }
  }

  private void noRun(Scene scene, ServerRequest request, ServerResponse response) {
    html(
        response,
        404,
        TroublePage.page(
            scene,
            "No such run",
            "There is no run " + id(request) + ". It may have been removed when its time was over.",
            "All runs",
            Section.RUNS.path()));
  }

  /** The first value of a field of the query. */
  private static Optional<String> field(ServerRequest request, String name) {
    return request.query().contains(name)
        ? Optional.of(request.query().get(name))
        : Optional.empty();
  }

  private static RunId id(ServerRequest request) {
    return new RunId(request.path().pathParameters().get(RUN));
  }

  private static void redirect(ServerResponse response, String where) {
    response.status(303);
    response.header(HeaderNames.LOCATION, where);
    response.send();
  }

  private static void send(ServerResponse response, Assets asset) {
    response.header(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");
    send(response, asset.type() + "; charset=utf-8", asset.content());
  }

  private static void html(ServerResponse response, int status, String page) {
    response.status(status);
    send(response, HTML, page);
  }

  private static void send(ServerResponse response, String type, String text) {
    response.header(HeaderNames.CONTENT_TYPE, type);
    response.send(text.getBytes(StandardCharsets.UTF_8));
  }
}
