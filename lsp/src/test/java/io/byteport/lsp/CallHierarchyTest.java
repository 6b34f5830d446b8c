package io.byteport.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.CallHierarchyItem;
import org.junit.jupiter.api.Test;

class CallHierarchyTest {
  private static final String FIRST =
      """
      kind: Runbook
      metadata: { id: first }
      detectors: { started: {} }
      remediate:
        full:
          steps:
            - call: both
            - handOff: { signal: fur‸ther }
      blocks:
        both:
          steps:
            - call: one
            - call: one
        one:
          steps:
            - handOff: { signal: started }
      """;
  private static final String SECOND =
      """
      kind: Runbook
      metadata: { id: second }
      detectors:
        else: { aliases: [further] }
      """;

  private final Sample sample = Sample.of(Map.of("first.yaml", FIRST, "second.yaml", SECOND));

  @Test
  void a_hand_off_leads_to_the_runbook_that_takes_the_signal() {
    assertThat(CallHierarchyHandler.prepare(sample.view(), sample.offset()))
        .extracting(CallHierarchyItem::getName)
        .containsExactly("second");
  }

  @Test
  void a_runbook_calls_its_blocks_and_those_it_hands_off_to() {
    CallHierarchyItem first = item(0);
    assertThat(CallHierarchyHandler.outgoing(sample.view().texts(), first))
        .extracting(call -> call.getTo().getName() + " " + call.getFromRanges().size())
        .containsExactly("both 1", "second 1");
    assertThat(CallHierarchyHandler.incoming(sample.view().texts(), first))
        .extracting(call -> call.getFrom().getName())
        .containsExactly("one");
  }

  @Test
  void a_block_is_called_from_where_it_is_called() {
    CallHierarchyItem one =
        CallHierarchyHandler.prepare(sample.view(), sample.view().text().text().indexOf("one:"))
            .getFirst();
    assertThat(CallHierarchyHandler.incoming(sample.view().texts(), one))
        .extracting(call -> call.getFrom().getName() + " " + call.getFromRanges().size())
        .containsExactly("both 2");
    assertThat(CallHierarchyHandler.outgoing(sample.view().texts(), one))
        .extracting(call -> call.getTo().getName())
        .containsExactly("first");
  }

  private CallHierarchyItem item(int offset) {
    List<CallHierarchyItem> items = CallHierarchyHandler.prepare(sample.view(), offset);
    assertThat(items).hasSize(1);
    return items.getFirst();
  }
}
