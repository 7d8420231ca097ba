package dev.afterword.web.demo;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that falls the same way for the same thing, so that every demo has the same past. */
final class Chance {
    private static final long SEED = 20_240_229L;

    private final SplittableRandom random;

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** The chance of one thing, whatever was drawn for others before. */
    static Chance of(String thing) {
        return new Chance(new SplittableRandom(SEED * 31 + thing.hashCode()));
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    double between(double least, double most) {
        return least + random.nextDouble() * (most - least);
    }

    double normal(double mean, double deviation) {
        return mean + deviation * random.nextGaussian();
    }

    /** Waiting times without memory, of that mean. */
    double exponential(double mean) {
        return random.nextExponential() * mean;
    }

    int upTo(int most) {
        return random.nextInt(most);
    }

    <T> T of(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }
}
