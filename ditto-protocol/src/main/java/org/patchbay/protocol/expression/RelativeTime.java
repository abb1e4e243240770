package org.patchbay.protocol.expression;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time relative to now, in UTC: {@code now}, {@code now-1h}, {@code now[d]}, {@code
 * now_epoch_millis+2w[mo]}. First the offset, then the truncation.
 *
 * @param epochMillis whether the value is milliseconds since 1970 rather than an ISO time
 * @param amount how many units later, less than nothing for earlier
 * @param cutTo what it is truncated to
 */
public record RelativeTime(
        boolean epochMillis, long amount, ChronoUnit unit, @Nullable ChronoUnit cutTo) {

    /** Further away no time is meant, and beyond some millions of years none can be written. */
    private static final int YEARS_MAX = 10_000;

    private static final String UNIT = "(ms|s|m|h|d|w|mo|y)";
    private static final Pattern FORM =
            Pattern.compile(
                    "now(_epoch_millis)?(?:([+-]\\d{1,15})" + UNIT + ")?(?:\\[" + UNIT + "])?");

    private static final Map<String, ChronoUnit> UNITS =
            Map.of(
                    "ms", ChronoUnit.MILLIS,
                    "s", ChronoUnit.SECONDS,
                    "m", ChronoUnit.MINUTES,
                    "h", ChronoUnit.HOURS,
                    "d", ChronoUnit.DAYS,
                    "w", ChronoUnit.WEEKS,
                    "mo", ChronoUnit.MONTHS,
                    "y", ChronoUnit.YEARS);

    /** Reads what follows {@code time:}, empty where it is no such time. */
    public static Optional<RelativeTime> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        boolean moved = form.group(2) != null;
        long amount = moved ? Long.parseLong(form.group(2)) : 0;
        ChronoUnit unit = moved ? unit(form.group(3)) : ChronoUnit.MILLIS;
        ChronoUnit cutTo = form.group(4) == null ? null : unit(form.group(4));
        return isNear(amount, unit)
                ? Optional.of(new RelativeTime(form.group(1) != null, amount, unit, cutTo))
                : Optional.empty();
    }

    private static boolean isNear(long amount, ChronoUnit unit) {
        long most = ChronoUnit.YEARS.getDuration().multipliedBy(YEARS_MAX).toMillis();
        return Math.abs(amount) <= most / unit.getDuration().toMillis();
    }

    /** The time meant, seen from now. */
    public Instant at(Instant now) {
        ZonedDateTime time = now.atZone(ZoneOffset.UTC).plus(amount, unit);
        return (cutTo == null ? time : cut(time, cutTo)).toInstant();
    }

    /** The value as text: an ISO time, or milliseconds. */
    public String text(Instant now) {
        Instant time = at(now);
        return epochMillis ? Long.toString(time.toEpochMilli()) : time.toString();
    }

    private static ZonedDateTime cut(ZonedDateTime time, ChronoUnit unit) {
        ZonedDateTime day = time.truncatedTo(ChronoUnit.DAYS);
        return switch (unit) {
            case WEEKS -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTHS -> day.withDayOfMonth(1);
            case YEARS -> day.withDayOfYear(1);
            default -> time.truncatedTo(unit);
        };
    }

    private static ChronoUnit unit(String name) {
        return Objects.requireNonNull(UNITS.get(name));
    }
}
