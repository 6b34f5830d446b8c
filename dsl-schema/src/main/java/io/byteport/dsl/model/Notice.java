package io.byteport.dsl.model;

import io.byteport.dsl.expr.Expr;
import io.byteport.dsl.source.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to people at one event.
 *
 * @param to by kind of channel: mail, chat, page, issue, room
 * @param details more than the summary; null for none
 */
public record Notice(
    Map<String, Channel> to,
    @Nullable ValueExpr details,
    Map<String, ValueExpr.Entry> fields,
    List<Expr> attach,
    Span span) {

  public Notice {
    to = Runbook.frozen(to);
    fields = Runbook.frozen(fields);
    attach = List.copyOf(attach);
  }

  /**
   * @param when null where it is always sent
   */
  public record Channel(
      Id kind,
      @Nullable Expr when,
      List<String> labels,
      List<Expr> attach,
      Map<String, ValueExpr.Entry> fields) {
    public Channel {
      labels = List.copyOf(labels);
      attach = List.copyOf(attach);
      fields = Runbook.frozen(fields);
    }
  }
}
