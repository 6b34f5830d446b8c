package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.http.Api;
import io.byteport.adapter.cloud.http.Call;
import io.byteport.adapter.cloud.http.Deadline;
import io.byteport.adapter.cloud.http.Json;
import io.byteport.adapter.cloud.http.Limit;
import io.byteport.engine.spi.Action.Probe;
import io.byteport.engine.spi.ActionException;
import io.byteport.engine.spi.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Proposes one edit of one file: a branch named after the intent, one commit on top of the default
 * branch, one pull request. The default branch is never written to and nothing is merged.
 */
record PullRequests(Repository repository, Api api) {
  private static final int MOST_FILES = 200;
  private static final int LARGEST_FILE = 1 << 20;

  /** The default branch and what it points to. */
  record Base(String branch, String commit, String tree) {}

  /** A file of the repository at a base. */
  record SourceText(String path, String mode, String text) {}

  /** A change of a file. */
  record Edit(SourceText file, String after) {}

  static String branch(String intent) {
    return "byteport/" + Marker.of(intent);
  }

  Base base(Deadline deadline) throws ActionException, InterruptedException {
    String branch = api.get(repository.at(api), deadline).needed("default_branch");
    List<String> segments = new ArrayList<>(List.of("git", "ref", "heads"));
    segments.addAll(List.of(branch.split("/", -1)));
    String commit =
        api.get(repository.at(api, segments.toArray(String[]::new)), deadline)
            .needed("object", "sha");
    String tree =
        api.get(repository.at(api, "git", "commits", commit), deadline).needed("tree", "sha");
    return new Base(branch, commit, tree);
  }

  /** The files of a base whose paths are wanted, in the repository's order. */
  List<SourceText> files(Base base, Predicate<String> wanted, Deadline deadline)
      throws ActionException, InterruptedException {
    Json tree =
        api.get(repository.at(api, "git", "trees", base.tree()).with("recursive", "1"), deadline);
    if (tree.isTrue("truncated")) {
      throw ActionException.refused(
          FailureKind.INVALID,
          repository.name() + " has too many files to be searched as a whole; narrow `root`");
    }
    List<SourceText> files = new ArrayList<>();
    for (Json entry : tree.at("tree").items()) {
      String path = entry.text("path");
      if (path != null
          && "blob".equals(entry.text("type"))
          && entry.whole(0, "size") <= LARGEST_FILE
          && wanted.test(path)) {
        if (files.size() == MOST_FILES) {
          throw ActionException.refused(
              FailureKind.INVALID,
              "more than " + MOST_FILES + " files are to be searched; narrow `root`");
        }
        files.add(read(path, entry, deadline));
      }
    }
    return files;
  }

  private SourceText read(String path, Json entry, Deadline deadline)
      throws ActionException, InterruptedException {
    Json blob =
        Json.of(
            api.send(
                Call.get(repository.at(api, "git", "blobs", entry.needed("sha")))
                    .limitedTo(new Limit(3 * LARGEST_FILE, false)),
                deadline));
    byte[] content = Base64.getMimeDecoder().decode(blob.needed("content"));
    String mode = entry.text("mode");
    return new SourceText(
        path, mode == null ? "100644" : mode, new String(content, StandardCharsets.UTF_8));
  }

  /** The address of the pull request. */
  String propose(Base base, Edit edit, String title, String body, String intent, Deadline deadline)
      throws ActionException, InterruptedException {
    String branch = branch(intent);
    if (branch.equals(base.branch())) {
      throw ActionException.refused(
          FailureKind.CONFLICT, "the default branch is called like ours: " + branch);
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("path", edit.file().path());
    file.put("mode", edit.file().mode());
    file.put("type", "blob");
    file.put("content", edit.after());
    String tree =
        write(
            Map.of("base_tree", base.tree(), "tree", List.of(file)),
            "sha",
            deadline,
            "git",
            "trees");
    String commit =
        write(
            Map.of("message", title, "tree", tree, "parents", List.of(base.commit())),
            "sha",
            deadline,
            "git",
            "commits");
    branch(branch, commit, deadline);
    return write(
        Map.of(
            "title",
            title,
            "body",
            Marker.body(body, intent),
            "head",
            branch,
            "base",
            base.branch(),
            "maintainer_can_modify",
            true),
        "html_url",
        deadline,
        "pulls");
  }

  /** Makes the branch; one of an earlier try of the same intent is as good. */
  private void branch(String branch, String commit, Deadline deadline)
      throws ActionException, InterruptedException {
    try {
      String made =
          write(
              Map.of("ref", "refs/heads/" + branch, "sha", commit), "ref", deadline, "git", "refs");
      if (!made.equals("refs/heads/" + branch)) {
        throw ActionException.refused(FailureKind.UNREACHABLE, "GitHub made the ref " + made);
      }
    } catch (ActionException failure) {
      if (!failure.reason().contains("Reference already exists")) {
        throw failure;
      }
    }
  }

  private String write(Map<String, ?> body, String answer, Deadline deadline, String... place)
      throws ActionException, InterruptedException {
    Call call = Call.write("POST", repository.at(api, place)).json(Json.write(body));
    String found = Json.lenient(api.send(call, deadline).text()).text(answer);
    if (found == null) {
      throw new ActionException(
          FailureKind.UNREACHABLE,
          ActionException.Effect.UNKNOWN,
          "the answer has no `" + answer + "` (" + call + ")",
          null);
    }
    return found;
  }

  /** The pull request of an intent, open or not. */
  Optional<String> existing(String intent, Deadline deadline)
      throws ActionException, InterruptedException {
    Json pulls =
        api.get(
            repository
                .at(api, "pulls")
                .with("state", "all")
                .with("head", repository.owner() + ":" + branch(intent)),
            deadline);
    return pulls.items().stream().findFirst().map(pull -> pull.text("html_url"));
  }

  Probe probe(String intent, Deadline deadline) throws ActionException, InterruptedException {
    return existing(intent, deadline).isPresent() ? Probe.TOOK_EFFECT : Probe.NOT_DONE;
  }
}
