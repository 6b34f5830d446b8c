package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.model.WorkloadRef;
import io.byteport.dsl.value.Value;
import io.byteport.dsl.value.Value.StructValue;
import io.byteport.engine.spi.Action;
import io.byteport.engine.spi.ActionContext;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code github.proposeManifest}: a pull request that edits the manifest of a workload's container.
 * Without a repository the edit itself is the location.
 */
public record ProposeManifest(GitHubAccount github)
    implements Action.Change<ProposeManifest.Input, ProposeManifest.Output> {

  /** What {@code github.proposeManifest} takes. */
  public record Input(
      @Nullable String repo,
      WorkloadRef workload,
      @Nullable String container,
      Map<String, Value> set,
      @Nullable String root,
      String title,
      @Nullable String body,
      @Nullable String connection) {
    public Input {
      set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }
  }

  /** What {@code github.proposeManifest} returns: where the proposal is. */
  public record Output(String location) {}

  @Override
  public String name() {
    return "github.proposeManifest";
  }

  @Override
  public Class<Input> inputType() {
    return Input.class;
  }

  @Override
  public Class<Output> outputType() {
    return Output.class;
  }

  @Override
  public List<String> command(Input input) {
    if (input.repo() == null) {
      return List.of("#", patch(input));
    }
    return List.of(
        "gh",
        "pr",
        "create",
        "--repo",
        input.repo(),
        "--title",
        Marker.title(input.title()),
        "--body",
        patch(input));
  }

  private static String patch(Input input) {
    String words;
    try {
      words = ManifestChange.of(input.set()).words();
    } catch (ActionException unusable) {
      words = unusable.reason();
    }
    WorkloadRef workload = input.workload();
    return workload.kind().kind()
        + " "
        + workload.namespace()
        + "/"
        + workload.name()
        + (input.container() == null ? "" : ", container " + input.container())
        + ": "
        + words;
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    ManifestChange.of(input.set());
    if (input.repo() == null) {
      return StructValue.EMPTY;
    }
    Deadline deadline = Deadline.of(context);
    PullRequests pulls = pulls(input, input.repo());
    PullRequests.Edit edit = edit(pulls, pulls.base(deadline), input, deadline);
    return StructValue.EMPTY
        .with("path", Value.of(edit.file().path()))
        .with("branch", Value.of(PullRequests.branch(context.intent())));
  }

  private PullRequests pulls(Input input, String repo) throws ActionException {
    Repository repository = Repository.of(repo);
    Api api = github.api(repository, input.connection());
    return new PullRequests(repository, api);
  }

  private static PullRequests.Edit edit(
      PullRequests pulls, PullRequests.Base base, Input input, Deadline deadline)
      throws ActionException, InterruptedException {
    Root root = Root.of(input.root());
    ManifestEdit edit =
        new ManifestEdit(input.workload(), input.container(), ManifestChange.of(input.set()));
    List<PullRequests.Edit> edits = new ArrayList<>();
    for (PullRequests.SourceText file :
        pulls.files(
            base,
            path -> root.has(path) && (path.endsWith(".yaml") || path.endsWith(".yml")),
            deadline)) {
      Optional<String> after = edit.apply(file.text());
      after.ifPresent(text -> edits.add(new PullRequests.Edit(file, text)));
    }
    return only(edits, "manifest that sets this of " + input.workload().name());
  }

  /** The one edit there is. */
  static PullRequests.Edit only(List<PullRequests.Edit> edits, String what) throws ActionException {
    if (edits.size() != 1) {
      throw ActionException.refused(
          edits.isEmpty() ? FailureKind.NOT_FOUND : FailureKind.INVALID,
          edits.isEmpty()
              ? "there is no " + what
              : "there is more than one "
                  + what
                  + ": "
                  + edits.stream().map(edit -> edit.file().path()).toList());
    }
    PullRequests.Edit edit = edits.get(0);
    if (edit.after().equals(edit.file().text())) {
      throw ActionException.refused(FailureKind.CONFLICT, edit.file().path() + " says so already");
    }
    return edit;
  }

  @Override
  public Changed<Output> change(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    if (input.repo() == null) {
      return new Changed<>(new Output(patch(input)), false);
    }
    Deadline deadline = Deadline.of(context);
    PullRequests pulls = pulls(input, input.repo());
    Optional<String> existing = pulls.existing(context.intent(), deadline);
    if (existing.isPresent()) {
      return new Changed<>(new Output(existing.get()), false);
    }
    PullRequests.Base base = pulls.base(deadline);
    PullRequests.Edit edit = edit(pulls, base, input, deadline);
    String body = input.body() == null ? "" : input.body();
    return new Changed<>(
        new Output(
            pulls.propose(
                base, edit, Marker.title(input.title()), body, context.intent(), deadline)),
        true);
  }

  @Override
  public Probe probe(Input input, StructValue memo, ActionContext context)
      throws ActionException, InterruptedException {
    return input.repo() == null
        ? Probe.NOT_DONE
        : pulls(input, input.repo()).probe(context.intent(), Deadline.of(context));
  }

  @Override
  public boolean repeatable() {
    return true;
  }
}
