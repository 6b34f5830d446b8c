package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
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
 * {@code github.proposeEdit}: a pull request that sets attributes of the one resource in Terraform
 * files that declares a domain. Without a repository the edit itself is the location.
 */
public record ProposeEdit(GitHubAccount github)
    implements Action.Change<ProposeEdit.Input, ProposeEdit.Output> {

  /** What {@code github.proposeEdit} takes. */
  public record Input(
      @Nullable String repo,
      String root,
      String resourceFor,
      Map<String, Value> set,
      String title,
      @Nullable String body,
      @Nullable String connection) {
    public Input {
      set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }
  }

  /** What {@code github.proposeEdit} returns: where the proposal is. */
  public record Output(String location) {}

  @Override
  public String name() {
    return "github.proposeEdit";
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
    Map<String, @Nullable Object> set = new LinkedHashMap<>();
    input.set().forEach((name, value) -> set.put(name, Json.plain(value)));
    return input.root() + ", the resource for " + input.resourceFor() + ": " + Json.write(set);
  }

  @Override
  public StructValue prepare(Input input, ActionContext context)
      throws ActionException, InterruptedException {
    terraform(input).check();
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

  private static TerraformEdit terraform(Input input) {
    return new TerraformEdit(input.resourceFor(), input.set());
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
    TerraformEdit terraform = terraform(input);
    terraform.check();
    List<PullRequests.Edit> edits = new ArrayList<>();
    for (PullRequests.SourceText file :
        pulls.files(base, path -> root.has(path) && path.endsWith(".tf"), deadline)) {
      if (terraform.count(file.text()) > 1) {
        throw ActionException.refused(
            FailureKind.INVALID,
            file.path() + " has more than one resource for " + input.resourceFor());
      }
      Optional<String> after = terraform.apply(file.text());
      after.ifPresent(text -> edits.add(new PullRequests.Edit(file, text)));
    }
    return ProposeManifest.only(edits, "resource for " + input.resourceFor());
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
