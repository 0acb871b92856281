import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ComponentProps, useCallback } from 'react';

interface Props extends Omit<ComponentProps<'a'>, 'href'> {
  to: string;
}

/** A link inside the application; its page is fetched when it is pointed at. Marks itself when it leads to where one is. */
export function AppLink({ to, ...rest }: Props) {
  const [path = '', query] = to.split('?');
  const search = query ? Object.fromEntries(new URLSearchParams(query)) : {};
  return <Link to={path} search={search as never} activeOptions={{ exact: false, includeSearch: false }} {...rest} />;
}

/** Goes to an address such as `/inbox/mine?x=1`. */
export function useGo(): (to: string, options?: { replace?: boolean }) => void {
  const navigate = useNavigate();
  return useCallback(
    (to, options) => {
      const [path = '', query] = to.split('?');
      void navigate({
        to: path,
        search: (query ? Object.fromEntries(new URLSearchParams(query)) : {}) as never,
        replace: options?.replace ?? false,
      });
    },
    [navigate],
  );
}

export const usePathParam = (name: string): string | undefined =>
  (useParams({ strict: false }) as Record<string, string | undefined>)[name];

export function useQueryParam(name: string): string | undefined {
  const value = (useSearch({ strict: false }) as Record<string, unknown>)[name];
  return value === undefined ? undefined : String(value);
}
