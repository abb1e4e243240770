package org.patchbay.protocol.rql;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.TemporalAmount;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time relative to now: {@code time:now}, {@code time:now-1h}, {@code time:now[d]}, {@code
 * time:now_epoch_millis+30s[m]}. First the offset, then the truncation.
 *
 * @param epochMillis whether the value is milliseconds since 1970 rather than an ISO time
 */
public record TimeExpression(
        boolean epochMillis, @Nullable TemporalAmount offset, boolean back, @Nullable String unit) {

    private static final Pattern FORM =
            Pattern.compile(
                    "time:now(_epoch_millis)?(?:([+-])(\\d{1,6})(ms|mo|s|m|h|d|w|y))?"
                            + "(?:\\[(ms|mo|s|m|h|d|w|y)])?");

    /** Reads an expression, empty where the text is none. */
    public static Optional<TimeExpression> parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        TemporalAmount offset =
                match.group(3) == null
                        ? null
                        : amount(Integer.parseInt(match.group(3)), match.group(4));
        return Optional.of(
                new TimeExpression(
                        match.group(1) != null,
                        offset,
                        "-".equals(match.group(2)),
                        match.group(5)));
    }

    /** The time meant, seen from now. */
    public Instant at(Instant now) {
        ZonedDateTime time = now.atZone(ZoneOffset.UTC);
        if (offset != null) {
            time = back ? time.minus(offset) : time.plus(offset);
        }
        return truncate(time).toInstant();
    }

    /** The value as text: an ISO time, or milliseconds. */
    public String text(Instant now) {
        Instant time = at(now);
        return epochMillis ? Long.toString(time.toEpochMilli()) : time.toString();
    }

    private static TemporalAmount amount(int count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Period.ofDays(count);
            case "w" -> Period.ofWeeks(count);
            case "mo" -> Period.ofMonths(count);
            case "y" -> Period.ofYears(count);
            default -> throw new IllegalArgumentException(unit);
        };
    }

    private ZonedDateTime truncate(ZonedDateTime time) {
        return switch (unit) {
            case null -> time;
            case "ms" -> time.truncatedTo(ChronoUnit.MILLIS);
            case "s" -> time.truncatedTo(ChronoUnit.SECONDS);
            case "m" -> time.truncatedTo(ChronoUnit.MINUTES);
            case "h" -> time.truncatedTo(ChronoUnit.HOURS);
            case "d" -> time.truncatedTo(ChronoUnit.DAYS);
            case "w" ->
                    time.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                            .truncatedTo(ChronoUnit.DAYS);
            case "mo" -> time.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
            case "y" -> time.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS);
            default -> throw new IllegalArgumentException(unit);
        };
    }
}
