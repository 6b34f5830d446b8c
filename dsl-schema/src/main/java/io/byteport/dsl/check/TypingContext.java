package io.byteport.dsl.check;

import io.byteport.dsl.model.Runbook.Block;
import io.byteport.dsl.type.RecordType;
import java.util.Map;

/**
 * What the parts of the typing pass share.
 *
 * @param args the arguments of each block, by the block's id
 */
record TypingContext(
    Subject subject,
    Findings findings,
    ValueTyping values,
    ActionTyping actions,
    Map<String, RecordType> args) {

  /** The arguments that a block's steps see. */
  RecordType args(Block block) {
    return args.getOrDefault(block.id().name(), RecordType.of("args", Map.of()));
  }
}
