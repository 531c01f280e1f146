/**
 * The words of the TPC-H benchmark that its queries ask for, from the public specification: names, kinds, and what comments are
 * made of.
 */

export type Words = readonly [string, ...ReadonlyArray<string>]

const listed = (text: string): Words => {
  const [first = '', ...rest] = text.split(',').map((word) => word.trim())
  return [first, ...rest]
}

export const regions = listed('AFRICA, AMERICA, ASIA, EUROPE, MIDDLE EAST')

/** Each nation with the key of its region. */
export const nations: ReadonlyArray<readonly [name: string, regionKey: number]> = [
  ['ALGERIA', 0],
  ['ARGENTINA', 1],
  ['BRAZIL', 1],
  ['CANADA', 1],
  ['EGYPT', 4],
  ['ETHIOPIA', 0],
  ['FRANCE', 3],
  ['GERMANY', 3],
  ['INDIA', 2],
  ['INDONESIA', 2],
  ['IRAN', 4],
  ['IRAQ', 4],
  ['JAPAN', 2],
  ['JORDAN', 4],
  ['KENYA', 0],
  ['MOROCCO', 0],
  ['MOZAMBIQUE', 0],
  ['PERU', 1],
  ['CHINA', 2],
  ['ROMANIA', 3],
  ['SAUDI ARABIA', 4],
  ['VIETNAM', 2],
  ['RUSSIA', 3],
  ['UNITED KINGDOM', 3],
  ['UNITED STATES', 1],
]

export const segments = listed('AUTOMOBILE, BUILDING, FURNITURE, MACHINERY, HOUSEHOLD')
export const priorities = listed('1-URGENT, 2-HIGH, 3-MEDIUM, 4-NOT SPECIFIED, 5-LOW')
export const shipModes = listed('REG AIR, AIR, RAIL, SHIP, TRUCK, MAIL, FOB')
export const shipInstructions = listed('DELIVER IN PERSON, COLLECT COD, NONE, TAKE BACK RETURN')

/** A type is one of each: `ECONOMY ANODIZED STEEL`. */
export const types: readonly [Words, Words, Words] = [
  listed('STANDARD, SMALL, MEDIUM, LARGE, ECONOMY, PROMO'),
  listed('ANODIZED, BURNISHED, PLATED, POLISHED, BRUSHED'),
  listed('TIN, NICKEL, BRASS, STEEL, COPPER'),
]

/** A container is one of each: `SM CASE`. */
export const containers: readonly [Words, Words] = [
  listed('SM, LG, MED, JUMBO, WRAP'),
  listed('CASE, BOX, BAG, JAR, PKG, PACK, CAN, DRUM'),
]

/** The name of a part is five of them. */
export const colours = listed(
  `almond, antique, aquamarine, azure, beige, bisque, black, blanched, blue, blush, brown, burlywood, burnished, chartreuse,
   chiffon, chocolate, coral, cornflower, cornsilk, cream, cyan, dark, deep, dim, dodger, drab, firebrick, floral, forest,
   frosted, gainsboro, ghost, goldenrod, green, grey, honeydew, hot, indian, ivory, khaki, lace, lavender, lawn, lemon, light,
   lime, linen, magenta, maroon, medium, metallic, midnight, mint, misty, moccasin, navajo, navy, olive, orange, orchid, pale,
   papaya, peach, peru, pink, plum, powder, puff, purple, red, rose, rosy, royal, saddle, salmon, sandy, seashell, sienna, sky,
   slate, smoke, snow, spring, steel, tan, thistle, tomato, turquoise, violet, wheat, white, yellow`,
)

/** What comments are made of. `special` and `requests` are among them: a query asks for the two in this order. */
export const plainWords = listed(
  `accounts, across, asymptotes, blithely, bold, carefully, courts, daring, deposits, dolphins, even, express, final, fluffily,
   foxes, furiously, ideas, instructions, ironic, packages, pending, pinto, platelets, quickly, regular, requests, silent,
   slyly, special, theodolites, unusual, wake`,
)
