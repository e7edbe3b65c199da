package io.tasklane.grpc.schedule;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.schedule.calendar.SessionAnchor;
import io.tasklane.schedule.stored.TriggerSpec;
import io.tasklane.v1.CronTrigger;
import io.tasklane.v1.IntervalTrigger;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.SessionTrigger;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What makes a schedule due, as the wire shows it and asks for it. */
final class TriggerMapping {
  private static final String NANOS = " is not allowed: whole milliseconds are";

  private TriggerMapping() {}

  static void add(TriggerSpec trigger, Schedule.Builder wire) {
    if (trigger instanceof TriggerSpec.Cron cron) {
      CronTrigger.Builder added =
          wire.getCronBuilder().setExpression(cron.expression()).setTimeZone(cron.zone());
      cron.calendar().map(WireName.CALENDAR::of).ifPresent(added::setCalendar);
    } else if (trigger instanceof TriggerSpec.Interval interval) {
      wire.getIntervalBuilder()
          .setInterval(WireTime.of(interval.interval()))
          .setPhase(WireTime.of(interval.phase()))
          .setFromCompletion(interval.fromCompletion());
    } else if (trigger instanceof TriggerSpec.Session session) {
      wire.getSessionBuilder()
          .setCalendar(WireName.CALENDAR.of(session.market()))
          .setAnchorValue(session.anchor().code())
          .setOffset(WireTime.of(session.offset()))
          .setSkipHalfDays(session.skipHalfDays());
    } else {
      wire.setOnceTime(WireTime.of(((TriggerSpec.Once) trigger).time()));
    }
  }

  /**
   * From the wire.
   *
   * @throws InvalidRequest naming the field that is missing or wrong
   */
  static TriggerSpec read(Schedule wire) {
    return switch (wire.getTriggerCase()) {
      case CRON -> cron(wire.getCron());
      case INTERVAL -> interval(wire.getInterval());
      case SESSION -> session(wire.getSession());
      case ONCE_TIME ->
          new TriggerSpec.Once(
              WireTime.of(wire.getOnceTime(), "schedule.once_time").truncatedTo(ChronoUnit.MICROS));
      case TRIGGER_NOT_SET ->
          throw wrong("trigger", "is missing: one of cron, interval, session and once_time");
    };
  }

  private static TriggerSpec cron(CronTrigger cron) {
    if (cron.getExpression().isEmpty()) {
      throw wrong("cron.expression", "is missing: a cron expression such as \"30 2 * * *\"");
    }
    Optional<String> calendar =
        cron.getCalendar().isEmpty()
            ? Optional.empty()
            : Optional.of(WireName.CALENDAR.id(cron.getCalendar(), "schedule.cron.calendar"));
    return new TriggerSpec.Cron(cron.getExpression(), cron.getTimeZone(), calendar);
  }

  private static TriggerSpec interval(IntervalTrigger interval) {
    return new TriggerSpec.Interval(
        WireTime.of(interval.getInterval()),
        WireTime.of(interval.getPhase()),
        interval.getFromCompletion());
  }

  private static TriggerSpec session(SessionTrigger session) {
    if (session.getAnchor() == SessionTrigger.Anchor.ANCHOR_UNSPECIFIED) {
      throw wrong("session.anchor", "is missing: ANCHOR_OPEN or ANCHOR_CLOSE");
    }
    Duration offset = WireTime.of(session.getOffset());
    if (offset.toNanosPart() % 1_000_000 != 0) {
      throw wrong("session.offset", offset + NANOS);
    }
    return new TriggerSpec.Session(
        WireName.CALENDAR.id(session.getCalendar(), "schedule.session.calendar"),
        SessionAnchor.of(session.getAnchorValue()),
        offset,
        session.getSkipHalfDays());
  }

  static InvalidRequest wrong(String field, String problem) {
    return InvalidRequest.field(Reason.INVALID_FIELD, "schedule." + field, problem);
  }
}
