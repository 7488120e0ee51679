// Solves door challenges (protocol.md, H8) as fast as one core can: what a guesser would use, and what stands in for the phones
// of a hall. Reads lines "CHALLENGE SOLUTIONS BITS", writes a proof for each.
//
//     cc -O2 -o prove prove.c -lcrypto
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static size_t decode(const char *text, uint8_t *bytes, size_t limit) {
    uint32_t bits = 0;
    size_t held = 0, count = 0;
    for (; *text; text++) {
        const char *at = strchr(alphabet, *text);
        if (!at || count == limit) return 0;
        bits = bits << 6 | (uint32_t)(at - alphabet);
        if ((held += 6) >= 8) bytes[count++] = (uint8_t)(bits >> (held -= 8));
    }
    return count;
}

static void encode(const uint8_t *bytes, size_t count) {
    uint32_t bits = 0;
    size_t held = 0;
    for (size_t i = 0; i < count; i++) {
        bits = bits << 8 | bytes[i];
        for (held += 8; held >= 6;) putchar(alphabet[bits >> (held -= 6) & 63]);
    }
    if (held) putchar(alphabet[bits << (6 - held) & 63]);
}

int main(void) {
    char text[128];
    unsigned solutions, bits;
    while (scanf("%127s %u %u", text, &solutions, &bits) == 3 && solutions <= 64 && bits <= 32) {
        uint8_t block[64] = {0}, found[256];
        size_t count = decode(text, block, 50);
        block[count + 5] = 0x80;
        block[62] = (uint8_t)((count + 5) * 8 >> 8);
        block[63] = (uint8_t)((count + 5) * 8);
        SHA256_CTX start, context;
        SHA256_Init(&start);
        for (unsigned i = 0; i < solutions; i++) {
            block[count] = (uint8_t)i;
            for (uint32_t n = 0;; n++) {
                for (int k = 0; k < 4; k++) block[count + 1 + k] = found[i * 4 + k] = (uint8_t)(n >> (24 - 8 * k));
                context = start;
                SHA256_Transform(&context, block);
                if (bits == 0 || context.h[0] >> (32 - bits) == 0) break;
            }
        }
        printf("%s.", text);
        encode(found, solutions * 4);
        putchar('\n');
        fflush(stdout);
    }
    return 0;
}
