package io.byteport.lsp;

import io.byteport.lsp.assist.Signatures;
import java.util.Optional;
import org.eclipse.lsp4j.SignatureHelp;

/**
 * The signature of the function whose call holds a place. Stateless, safe for use by several
 * threads.
 */
final class SignatureHelpHandler {
  private SignatureHelpHandler() {}

  static Optional<SignatureHelp> at(View view, int offset) {
    return Signatures.at(view, offset);
  }
}
