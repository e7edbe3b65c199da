package io.tasklane.schedule.preview;

import io.tasklane.schedule.DurationWords;
import io.tasklane.schedule.OverlapPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Guesses which runs overlap, if each takes as long as usual. */
final class Occupation {
  private final OverlapPolicy policy;
  private final Optional<Duration> typical;
  private Instant running = Instant.MIN;
  private Instant freeAt = Instant.MIN;
  private Optional<Instant> buffered = Optional.empty();
  private String remark = "";

  Occupation(OverlapPolicy policy, Optional<Duration> typical) {
    this.policy = policy;
    this.typical = typical;
  }

  /** Why a due time does not run; empty if it does, which is then taken into account. */
  Optional<String> skips(Instant due) {
    remark = "";
    if (typical.isEmpty()) {
      return Optional.empty();
    }
    releaseBuffered(due);
    if (!due.isBefore(freeAt)) {
      running = due;
      freeAt = due.plus(typical.get());
      return Optional.empty();
    }
    return switch (policy) {
      case SKIP -> Optional.of(earlier());
      case BUFFER_ONE -> {
        if (buffered.isPresent()) {
          yield Optional.of(earlier() + ", and one waits already");
        }
        buffered = Optional.of(due);
        remark = "; " + earlier() + ", so it waits until about " + freeAt;
        yield Optional.empty();
      }
      case ALLOW -> {
        remark = "; " + earlier() + ", beside which it runs";
        yield Optional.empty();
      }
      case CANCEL_OTHER -> {
        remark = "; " + earlier() + ", and is cancelled";
        running = due;
        freeAt = due.plus(typical.get());
        yield Optional.empty();
      }
    };
  }

  /** What to add to the explanation of the run. */
  String remark() {
    return remark;
  }

  private void releaseBuffered(Instant due) {
    if (buffered.isPresent() && !due.isBefore(freeAt)) {
      running = buffered.get();
      freeAt = freeAt.plus(typical.orElseThrow());
      buffered = Optional.empty();
    }
  }

  private String earlier() {
    return "the run of " + running + " usually takes " + DurationWords.of(typical.orElseThrow());
  }
}
