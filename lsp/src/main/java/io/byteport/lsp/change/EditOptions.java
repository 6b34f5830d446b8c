package io.byteport.lsp.change;

import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.ResourceOperationKind;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.WorkspaceEditCapabilities;

/**
 * What a client can do with a change of several documents.
 *
 * @param versions whether it looks which version of a document a change is meant for
 * @param creates whether it makes new files
 * @param snippets whether it lets the person fill in parts of what is inserted
 */
public record EditOptions(boolean versions, boolean creates, boolean snippets) {
  /** Of a client that says nothing about it. */
  public static final EditOptions PLAIN = new EditOptions(false, false, false);

  public static EditOptions of(ClientCapabilities can) {
    WorkspaceEditCapabilities edits =
        Optional.ofNullable(can.getWorkspace())
            .map(WorkspaceClientCapabilities::getWorkspaceEdit)
            .orElseGet(WorkspaceEditCapabilities::new);
    boolean versions = Boolean.TRUE.equals(edits.getDocumentChanges());
    List<String> operations =
        Optional.ofNullable(edits.getResourceOperations()).orElseGet(List::of);
    return new EditOptions(
        versions,
        versions && operations.contains(ResourceOperationKind.Create),
        versions && Boolean.TRUE.equals(edits.getSnippetEditSupport()));
  }
}
