package io.tasklane.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CausationChainTest {
  @Test
  void a_ring_of_any_length_is_broken_and_hurts_no_other_trigger() {
    for (int length = 1; length <= 30; length++) {
      CausationChain causation = CausationChain.NONE;
      int starts = 0;
      while (causation.allow("t" + starts % length)) {
        causation = causation.and("t" + starts % length);
        starts++;
      }
      assertThat(starts)
          .isEqualTo(Math.min(CausationChain.MAX_LENGTH, CausationChain.MAX_REPEATS * length));
    }
    CausationChain own = CausationChain.NONE.and("t").and("t").and("t");
    assertThat(own.allow("t")).isFalse();
    assertThat(own.allow("other")).isTrue();
  }

  @Test
  void merged_events_have_the_causes_of_all_of_them() {
    CausationChain one = CausationChain.NONE.and("a").and("a");
    CausationChain other = CausationChain.NONE.and("a").and("b");
    assertThat(one.mergedWith(other).counts()).isEqualTo(Map.of("a", 2, "b", 1));
  }
}
