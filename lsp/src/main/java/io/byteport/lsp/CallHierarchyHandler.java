package io.byteport.lsp;

import java.util.List;
import org.eclipse.lsp4j.CallHierarchyIncomingCall;
import org.eclipse.lsp4j.CallHierarchyItem;
import org.eclipse.lsp4j.CallHierarchyOutgoingCall;

/** Which runbook hands off to which. Stateless, safe for use by several threads. */
final class CallHierarchyHandler {
  private CallHierarchyHandler() {}

  static List<CallHierarchyItem> prepare(View view, int offset) {
    return List.of();
  }

  static List<CallHierarchyIncomingCall> incoming(Texts texts, CallHierarchyItem item) {
    return List.of();
  }

  static List<CallHierarchyOutgoingCall> outgoing(Texts texts, CallHierarchyItem item) {
    return List.of();
  }
}
