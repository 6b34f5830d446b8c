package io.byteport.adapter.cloud.github;

import io.byteport.adapter.cloud.http.Json;
import io.byteport.engine.spi.ActionException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a workflow.
 *
 * @param file the workflow's path in the repository
 * @param status such as {@code completed}
 * @param conclusion such as {@code failure}; null before it is completed
 */
public record WorkflowRun(
    long id,
    long number,
    long attempt,
    String workflow,
    long workflowId,
    String file,
    @Nullable String branch,
    String sha,
    @Nullable String actor,
    String event,
    String status,
    @Nullable String conclusion,
    String url,
    Instant createdAt,
    Instant updatedAt) {

  static WorkflowRun of(Json run) throws ActionException {
    String name = run.text("name");
    String path = run.text("path");
    return new WorkflowRun(
        run.wholeNeeded("id"),
        run.wholeNeeded("run_number"),
        run.whole(1, "run_attempt"),
        name == null ? "" : name,
        run.wholeNeeded("workflow_id"),
        path == null ? "" : path,
        run.text("head_branch"),
        run.needed("head_sha"),
        run.text("actor", "login"),
        run.needed("event"),
        run.needed("status"),
        run.text("conclusion"),
        run.needed("html_url"),
        run.instantNeeded("created_at"),
        run.instantNeeded("updated_at"));
  }
}
