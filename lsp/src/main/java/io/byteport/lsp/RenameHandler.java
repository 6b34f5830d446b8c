package io.byteport.lsp;

import io.byteport.lsp.navigate.Meaning;
import io.byteport.lsp.navigate.Renaming;
import java.util.Optional;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** Gives a name another spelling wherever it stands. Stateless, safe for use by several threads. */
final class RenameHandler {
  private RenameHandler() {}

  /**
   * The name that would get another spelling; empty where there is none.
   *
   * @throws ResponseErrorException with the reason as a sentence where the name must stay
   */
  static Optional<Range> prepare(View view, int offset) {
    return Meaning.at(view.texts(), view.text(), offset)
        .flatMap(
            meaning -> {
              refuse(new Renaming(view.texts(), meaning).refusal());
              return view.texts().symbols(view.text()).at(offset);
            })
        .map(found -> view.range(found.span()));
  }

  /**
   * The edits in all files.
   *
   * @throws ResponseErrorException with the reason as a sentence where it cannot be called so
   */
  static WorkspaceEdit rename(View view, int offset, String name) {
    Optional<Meaning> meaning = Meaning.at(view.texts(), view.text(), offset);
    if (meaning.isEmpty()) {
      refuse(Optional.of("There is no name here that could be another."));
      return new WorkspaceEdit();
    }
    Renaming renaming = new Renaming(view.texts(), meaning.get());
    refuse(renaming.refusal(name));
    return renaming.edit(name);
  }

  private static void refuse(Optional<String> reason) {
    if (reason.isPresent()) {
      throw new ResponseErrorException(
          new ResponseError(ResponseErrorCode.RequestFailed, reason.get(), null));
    }
  }
}
